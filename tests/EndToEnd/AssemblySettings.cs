// Every test has a home, a key and deployments of its own; four at once keep two cores busy while machines boot.
[assembly: Category("Machines")]
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
