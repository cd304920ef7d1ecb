using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TfgridCompose.Patterns.Gateway.Tests")]
