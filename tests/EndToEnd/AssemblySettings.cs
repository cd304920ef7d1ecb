// Each test has its own home, key and deployments. Four tests at once keep two cores busy while machines boot.
[assembly: Category("Machines")]
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
