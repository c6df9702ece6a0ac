package io.parley.kernel.outbound;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the host of a URL says without a name server. */
public final class HostNames {
    // Resolvers read 127.1, 0x7f000001 and 2130706433 as addresses, each in its own way (URL Standard,
    // "ends in a number").
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern PLAIN_V4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** Whether the host is a name or an address that everybody reads alike. */
    public static boolean isUnambiguous(String host) {
        return !ENDS_IN_A_NUMBER.matcher(host).matches()
                || PLAIN_V4.matcher(host).matches();
    }

    /** Whether the name leads to this machine: localhost and all below it, also with the dot of the root (RFC 6761, 6.3). */
    public static boolean isLocal(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) name = name.substring(0, name.length() - 1);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private HostNames() {}
}
