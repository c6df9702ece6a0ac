package io.parley.contracts.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Problem;
import java.net.IDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail addresses that an account can have: a dot-atom, an {@code @} and the name of a host (RFC 5321, 4.1.2, without quoted
 * strings and address literals), with letters of every script on both sides (RFC 6531). Characters that cannot be seen, or that only
 * look like others, are refused, because an address must not pass for somebody else's. Accounts may have older addresses, which log in
 * as ever.
 */
public final class EmailAddresses {
    // In bytes (RFC 5321, 4.5.3.1); the address without its angle brackets.
    private static final int MAX_BYTES = 254;
    private static final int MAX_LOCAL_BYTES = 64;

    // Control and format characters, unassigned ones and white space, and those of other categories that show nothing
    // (Default_Ignorable_Code_Point of the Unicode Character Database, and an empty Braille pattern).
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{C}\\p{Z}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800"
                    + "\\u3164\\ufe00-\\ufe0f\\uffa0\\x{e0100}-\\x{e01ef}]");

    private static final String ATOM = "[^\\x00-\\x20\\x7f()<>\\[\\]:;@\\\\,.\"]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

    private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    // Characters that are newer than this version of IDNA are no mistake; hyphens at the ends of a label are one.
    private static final int HOST_NAMES = IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES;

    /** Fails invalid, pointing at the field, unless the text is such an address or null. */
    public static void check(String pointer, @Nullable String email) {
        if (email != null && !isValid(email))
            throw Problem.invalid(pointer, "must be an e-mail address such as ada@example.org");
    }

    private static boolean isValid(String email) {
        int at = email.indexOf('@');
        if (at < 1 || UNSEEN.matcher(email).find() || isCompatible(email)) return false;
        var local = email.substring(0, at);
        var host = ascii(email.substring(at + 1));
        int localBytes = local.getBytes(UTF_8).length;
        return LOCAL_PART.matcher(local).matches()
                && HOST.matcher(host).matches()
                && localBytes <= MAX_LOCAL_BYTES
                && localBytes + 1 + host.length() <= MAX_BYTES;
    }

    // Whether it has characters that are a variant of others, such as a full-width bracket or full stop.
    private static boolean isCompatible(String email) {
        return !Normalizer.normalize(email, Form.NFKC).equals(Normalizer.normalize(email, Form.NFC));
    }

    /** The name of the host as the domain name system has it; empty if it cannot have it. */
    private static String ascii(String host) {
        try {
            return host.indexOf('\u3002') < 0 ? IDN.toASCII(host, HOST_NAMES) : "";
        } catch (IllegalArgumentException notAHost) {
            return "";
        }
    }

    private EmailAddresses() {}
}
