using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>Spoils a JSON document so that it mostly stays one: what reads it has to look at the values.</summary>
internal sealed class JsonMutations(Random random)
{
    private const string Raw = "@raw@";
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Spoiled(string seed)
    {
        JsonNode root = JsonNode.Parse(seed)!;
        var raw = new List<string>();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            List<(JsonNode Parent, object Key)> places = [];
            Collect(root, places);
            if (places.Count > 0)
            {
                Change(HostileWords.Pick(random, places), places, raw);
            }
        }

        string text = root.ToJsonString(Relaxed);
        for (int i = raw.Count - 1; i >= 0; i--)
        {
            text = text.Replace($"\"{Raw}{i}{Raw}\"", raw[i], StringComparison.Ordinal);
        }

        text = text.Replace(HostileWords.HalfPair, "\\ud800", StringComparison.Ordinal)
            .Replace("\\uE000", "\\ud800", StringComparison.Ordinal);
        return random.Next(10) == 0 ? Doubled(text) : text;
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, object Key)> places)
    {
        switch (node)
        {
            case JsonObject map:
                foreach ((string key, JsonNode? value) in map)
                {
                    places.Add((map, key));
                    Collect(value, places);
                }

                break;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    places.Add((list, i));
                    Collect(list[i], places);
                }

                break;
        }
    }

    private void Change((JsonNode Parent, object Key) place, List<(JsonNode Parent, object Key)> places, List<string> raw)
    {
        JsonNode? old = Get(place);
        switch (random.Next(20))
        {
            case <= 9:
                Set(place, Hostile(old));
                break;
            case 10 or 11:
                Set(place, RawValue(HostileWords.Pick(random, HostileWords.Values), raw));
                break;
            case 12:
                Set(place, RawValue(HostileWords.Pick(random, HostileWords.Numbers), raw));
                break;
            case 13:
                Remove(place);
                break;
            case 14:
                Set(place, Get(HostileWords.Pick(random, places))?.DeepClone());
                break;
            case 15 when place.Parent is JsonArray list:
                Repeat(list, old);
                break;
            case 16 when place.Parent is JsonObject map:
                Shuffle(map);
                break;
            case 17 when place.Parent is JsonObject map:
                Remove(place);
                map[HostileWords.In(random, (string)place.Key)] = old;
                break;
            case 18:
                Set(place, RawValue(Deep(), raw));
                break;
            default:
                Set(place, HostileWords.Any(random));
                break;
        }
    }

    // Strings stay strings, lists stay lists: this goes deepest.
    private JsonNode? Hostile(JsonNode? old) => old switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => HostileWords.In(random, value.GetValue<string>()),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => random.Next(4) switch
        {
            0 => -1,
            1 => 0,
            2 => random.Next(),
            _ => random.NextInt64(long.MinValue, long.MaxValue),
        },
        JsonArray list => new JsonArray([.. list.Select(item => item?.DeepClone()), HostileWords.Any(random)]),
        JsonObject map => new JsonObject([.. map.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))])
        {
            [HostileWords.Any(random)] = HostileWords.Any(random),
        },
        _ => HostileWords.Any(random),
    };

    private static JsonNode RawValue(string text, List<string> raw)
    {
        raw.Add(text);
        return string.Create(CultureInfo.InvariantCulture, $"{Raw}{raw.Count - 1}{Raw}");
    }

    private string Deep()
    {
        int depth = HostileWords.Pick(random, [10, 63, 64, 65, 200, 2000, 100_000]);
        bool isList = random.Next(2) == 0;
        string open = isList ? "[" : "{\"a\":";
        string close = isList ? "]" : "}";
        return string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
    }

    private void Repeat(JsonArray list, JsonNode? item)
    {
        for (int i = HostileWords.Pick(random, [1, 1, 2, 50, 1000]); i > 0; i--)
        {
            list.Add(item?.DeepClone());
        }
    }

    private void Shuffle(JsonObject map)
    {
        KeyValuePair<string, JsonNode?>[] members = [.. map];
        map.Clear();
        random.Shuffle(members);
        foreach ((string key, JsonNode? value) in members)
        {
            map[key] = value;
        }
    }

    // A member twice, the second time with another value.
    private string Doubled(string text)
    {
        int at = text.IndexOf("\":", random.Next(text.Length), StringComparison.Ordinal);
        int start = at <= 0 ? -1 : text.LastIndexOf('"', at - 1);
        return start < 0 ? text : text.Insert(
            start,
            $"{text[start..(at + 2)]}{(random.Next(2) == 0 ? HostileWords.Pick(random, HostileWords.Values) : "\"x\"")},");
    }

    private static JsonNode? Get((JsonNode Parent, object Key) place) =>
        place.Key is int index ? place.Parent[index] : place.Parent[(string)place.Key];

    private static void Set((JsonNode Parent, object Key) place, JsonNode? value)
    {
        if (place.Key is int index)
        {
            place.Parent[index] = value;
        }
        else
        {
            place.Parent[(string)place.Key] = value;
        }
    }

    private static void Remove((JsonNode Parent, object Key) place)
    {
        if (place.Key is int index)
        {
            ((JsonArray)place.Parent).RemoveAt(index);
        }
        else
        {
            ((JsonObject)place.Parent).Remove((string)place.Key);
        }
    }
}
