# shellcheck shell=bash
# Sourced by test.sh: the solution's test projects and their kinds of tests. A kind is a category of NUnit, or "quick" for tests without
# one. If a test has several categories, the last one in this list is its kind.
CATEGORIES=(Machines Exclusive Slow Alone)

# Prints one line for each test project: name, assembly, kinds of its tests. A project of the solution is a test project if its output
# holds NUnit's adapter. A category of the whole assembly leaves no quick tests.
list_projects() {
  local project folder name output
  solution_projects | while read -r project; do
    folder=$ROOT/${project%/*} name=$(basename "$project" .csproj)
    for output in "$folder"/bin/Release/*/; do
      [ ! -e "${output}NUnit3.TestAdapter.dll" ] || printf '%s %s %s\n' "$name" "${output}TfgridCompose.$name.dll" "$(kinds_in "$folder")"
    done
  done
}

solution_projects() {
  sed -n 's/^Project(.*"\([^"]*\.csproj\)".*/\1/p' "$ROOT/TfgridCompose.sln" | tr '\134' '/' | LC_ALL=C sort
}

kinds_in() { # folder
  local category kinds=""
  has_source_with "$1" '\[assembly: Category\(' || kinds=quick
  for category in "${CATEGORIES[@]}"; do
    ! has_source_with "$1" "Category\(\"$category\"\)" || kinds+=",$category"
  done
  printf '%s\n' "${kinds#,}"
}

has_source_with() { # folder, extended regular expression
  grep -Eqrs --include='*.cs' --exclude-dir=bin --exclude-dir=obj "$2" "$1"
}

filter_of() { # kind
  local category filter="" reached=no
  [ "$1" != quick ] || reached=yes
  for category in "${CATEGORIES[@]}"; do
    if [ "$category" = "$1" ]; then
      filter="TestCategory=$category" reached=yes
    elif [ "$reached" = yes ]; then
      filter+="${filter:+&}TestCategory!=$category"
    fi
  done
  printf '%s\n' "$filter"
}
