// Each test has its own home, key and deployments. Three tests at once keep two cores busy while machines boot; with more,
// each one waits longer for the others.
[assembly: Category("Machines")]
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
