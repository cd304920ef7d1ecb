# shellcheck shell=bash
# Sourced by test.sh: one C# compiler server for all builds of a run, also for those that tests start. A compiler that has compiled before
# is several times quicker than a new one.

COMPILER_SERVER="" # its process id

# It belongs to no lane, so it lives as long as the run. If this SDK has no such program, the first build of each lane starts a server.
start_compiler_server() {
  local version server
  export UseSharedCompilation=true SharedCompilationId="tfgrid-compose-tests-$$"
  version=$(cd "$ROOT" && dotnet --version)
  server=$(dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]\$/\1/p")/$version/Roslyn/bincore/VBCSCompiler
  [ -x "$server" ] || return 0
  DOTNET_TieredPGO=0 "$server" "-pipename:$SharedCompilationId" </dev/null >/dev/null 2>&1 9<&- &
  COMPILER_SERVER=$!
}

end_compiler_server() {
  [ -z "$COMPILER_SERVER" ] || end_processes "$COMPILER_SERVER"
}
