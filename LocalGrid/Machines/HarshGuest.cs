namespace TfgridCompose.LocalGrid.Machines;

/// <summary>What makes a machine of the profile harsh awkward. Its image has more of it: see <see cref="ImageRecipe"/>.</summary>
internal static class HarshGuest
{
    /// <summary>The resolver of the computer that built the image: nobody listens there in the machine.</summary>
    public const string ResolvConf = "nameserver 127.0.0.53\noptions edns0 trust-ad\n";

    /// <summary>When the package lists were made.</summary>
    public static readonly DateTime ListsMade = new(2024, 5, 14, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>apt's timers: the image masks them, and here they start with the machine.</summary>
    public static readonly string[] Timers = ["apt-daily.timer", "apt-daily-upgrade.timer"];

    public const string TimersTarget = "timers.target";

    public const string Timer =
        """
        [Unit]
        Description=apt's daily work, at once

        [Timer]
        OnActiveSec=0
        OnUnitActiveSec=1d

        """;

    // An update of a new machine's packages takes a while; this one takes the locks for some seconds and changes nothing.
    private const string Upgrade =
        """
        [Service]
        ExecStart=
        ExecStart=/usr/bin/python3 -c "import fcntl, time; \
          files = [open(path, 'a') for path in ('/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock', '/var/lib/apt/lists/lock')]; \
          [fcntl.lockf(file, fcntl.LOCK_EX) for file in files]; time.sleep(20)"

        """;

    /// <summary>Path and content.</summary>
    public static readonly (string Path, string Content)[] Files =
    [
        ("etc/apt/apt.conf.d/20auto-upgrades", "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n"),
        ("etc/systemd/system/apt-daily-upgrade.service.d/first.conf", Upgrade),
    ];
}
