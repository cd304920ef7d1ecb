# shellcheck shell=bash
# Sourced by test.sh: the solution's test projects and their kinds of tests.

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
  local kind kinds=""
  has_source_with "$1" '\[assembly: Category\(' || kinds=quick
  for kind in Machines Slow Alone; do
    ! has_source_with "$1" "Category\(\"$kind\"\)" || kinds+=",$kind"
  done
  printf '%s\n' "${kinds#,}"
}

has_source_with() { # folder, extended regular expression
  grep -Eqrs --include='*.cs' --exclude-dir=bin --exclude-dir=obj "$2" "$1"
}

# A test of several kinds runs once, with the last of them in this order: quick, Machines, Slow, Alone.
filter_of() { # kind
  case $1 in
    quick) printf 'TestCategory!=Machines&TestCategory!=Slow&TestCategory!=Alone\n' ;;
    Machines) printf 'TestCategory=Machines&TestCategory!=Slow&TestCategory!=Alone\n' ;;
    Slow) printf 'TestCategory=Slow&TestCategory!=Alone\n' ;;
    Alone) printf 'TestCategory=Alone\n' ;;
  esac
}
