# shellcheck shell=bash
# Sourced by test.sh: counts results in the trx files that dotnet test writes.

# Prints "passed failed skipped" of one file, or fails where it holds no counters. Whatever neither passed nor failed was skipped:
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
