using System.Globalization;

namespace TfgridCompose.LocalGrid.Values;

/// <summary>A number in canonical decimal text, so that equal numbers compare equal, in whatever form they were sent.</summary>
internal readonly record struct TerraformNumber(string Text)
{
    public static TerraformNumber Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    public static TerraformNumber Of(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 9e15
            ? Of((long)value)
            : new(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Terraform may send a number as decimal text; whole numbers get the same form.</summary>
    public static TerraformNumber Parse(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 9e15 ? Of(value) : new(text);

    public bool IsWhole => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    public long AsLong => IsWhole
        ? long.Parse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : (long)double.Parse(Text, CultureInfo.InvariantCulture);

    public override string ToString() => Text;
}
