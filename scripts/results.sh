# shellcheck shell=bash
# Sourced by test.sh: reads the trx files that dotnet test writes.

# Prints "passed failed skipped" of one file; fails if the file has no counters. Whatever neither passed nor failed was skipped:
# the logger counts NUnit's ignored tests in no attribute but total. https://learn.microsoft.com/dotnet/core/tools/dotnet-test
count_results() { # trx file
  tr '\n' ' ' <"$1" | awk '
    function attribute(name,    found) {
      if (!match(counters, "[ \t]" name "=\"[0-9]+\"")) return 0
      found = substr(counters, RSTART, RLENGTH)
      gsub(/[^0-9]/, "", found)
      return found + 0
    }
    match($0, /<Counters[ \t][^>]*>/) {
      counters = substr($0, RSTART, RLENGTH)
      passed = attribute("passed")
      failed = attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted")
      print passed, failed, attribute("total") - passed - failed
      seen = 1
    }
    END { exit !seen }'
}

# Prints the slowest tests of all trx files in a folder: seconds, project, test.
slowest_tests() { # folder of trx files, how many
  local trx
  for trx in "$1"/*.trx; do
    [ -e "$trx" ] || continue
    test_times "$trx" "$(basename "$trx" .trx)"
  done | sort -rn | awk -F '\t' -v count="$2" 'NR <= count { printf "  %6.1f s  %-26s %s\n", $1, $2, $3 }'
}

# Each record is one element, because attributes hold no "<".
test_times() { # trx file, name of the project
  awk -v RS='<' -v project="${2#TfgridCompose.}" '
    function attribute(name,    found) {
      if (!match($0, "[ \t\n]" name "=\"[^\"]*\"")) return ""
      found = substr($0, RSTART, RLENGTH)
      sub(/^[^"]*"/, "", found)
      sub(/"$/, "", found)
      return found
    }
    /^UnitTestResult[ \t\n]/ {
      split(attribute("duration"), part, ":")
      name = attribute("testName")
      gsub(/&quot;/, "\"", name); gsub(/&apos;/, "\047", name); gsub(/&lt;/, "<", name); gsub(/&gt;/, ">", name)
      gsub(/&#x[0-9A-Fa-f]+;/, " ", name); gsub(/&amp;/, "\\&", name)
      if (length(name) > 100) name = substr(name, 1, 97) "..."
      printf "%.3f\t%s\t%s\n", part[1] * 3600 + part[2] * 60 + part[3], project, name
    }' "$1"
}
