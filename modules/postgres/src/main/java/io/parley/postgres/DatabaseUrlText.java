package io.parley.postgres;

import io.parley.kernel.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the text of a {@link DatabaseUrl}. Its error messages quote nothing that may contain the password. */
final class DatabaseUrlText {
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern FORM = Pattern.compile("(?:postgresql|postgres)://"
            + "(?<user>[^:@/?#\\s]+)(?::(?<password>[^:@/?#\\s]*))?@"
            + "(?<host>\\[[0-9a-fA-F:.]+]|[^:@/?#,\\[\\]\\s]+)(?::(?<port>[0-9]{1,5}))?"
            + "/(?<database>[^/?#\\s]+)(?:\\?(?<options>[^?#\\s]*))?");

    static DatabaseUrl parse(String url) {
        Matcher parts = FORM.matcher(url);
        require(
                parts.matches(),
                "the database URL must have the form postgresql://user:password@host:port/database, with user and"
                        + " password percent-encoded");
        var options = options(Optional.ofNullable(parts.group("options")).orElse(""));
        var tls = tls(options);
        return new DatabaseUrl(
                parts.group("host").replaceAll("[\\[\\]]", ""),
                port(parts.group("port")),
                decode("database", parts.group("database")),
                decode("user", parts.group("user")),
                new Secret(decode(
                        "password", Optional.ofNullable(parts.group("password")).orElse(""))),
                tls,
                rootCertificate(options, tls));
    }

    private static int port(String text) {
        if (text == null) return DEFAULT_PORT;
        int port = Integer.parseInt(text);
        require(port >= 1 && port <= 65_535, "the port of the database URL must be 1 to 65535");
        return port;
    }

    private static Map<String, String> options(String text) {
        var options = new HashMap<String, String>();
        for (String option : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = option.indexOf('=');
            require(equals > 0, "the options of the database URL must have the form name=value");
            String name = option.substring(0, equals);
            require(
                    name.equals("sslmode") || name.equals("sslrootcert"),
                    "the database URL may have the options sslmode and sslrootcert, no others");
            String value = decode(name, option.substring(equals + 1));
            require(options.put(name, value) == null, "the database URL repeats the option " + name);
        }
        return options;
    }

    private static TlsMode tls(Map<String, String> options) {
        return TlsMode.of(options.getOrDefault("sslmode", "prefer"))
                .orElseThrow(() -> new IllegalArgumentException("the sslmode of the database URL must be one of"
                        + " disable, allow, prefer, require, verify-ca, verify-full"));
    }

    private static Optional<Path> rootCertificate(Map<String, String> options, TlsMode tls) {
        var file = Optional.ofNullable(options.get("sslrootcert")).map(Path::of);
        require(
                file.isPresent() == tls.verifies(),
                "sslmode verify-ca and verify-full require sslrootcert in the database URL; the other modes do not allow it");
        require(file.map(Files::isReadable).orElse(true), "the file named by sslrootcert cannot be read");
        return file;
    }

    private static String decode(String part, String text) {
        try {
            return PercentEncoding.decode(text);
        } catch (IllegalArgumentException notEncoded) {
            // Without the cause, because its message repeats the text.
            throw new IllegalArgumentException("the " + part + " in the database URL is not percent-encoded correctly");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) throw new IllegalArgumentException(sentence);
    }

    private DatabaseUrlText() {}
}
