// Each test has a lab of its own, and waits mostly for its tools.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
