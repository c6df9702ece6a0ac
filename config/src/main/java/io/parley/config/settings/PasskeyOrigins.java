package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.users.passkeys.PasskeySettings;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that say for which pages passkeys are: those of this server, unless they are set. */
final class PasskeyOrigins {
    private static final String RP_ID = "passkeys.rp-id";
    private static final String ORIGINS = "passkeys.origins";

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    static PasskeySettings read(SettingValues values, HttpSettings http) {
        var url = http.origin().publicUrl();
        return new PasskeySettings(rpId(values, url), origins(values, url, http.port()));
    }

    private static String rpId(SettingValues values, @Nullable URI url) {
        var host = values.optional(RP_ID).orElse(null);
        if (host == null) return url == null ? "localhost" : url.getHost().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches())
            throw values.invalid(RP_ID, "must be a host in lower case, such as chat.example.org");
        return host;
    }

    private static Set<String> origins(SettingValues values, @Nullable URI url, int port) {
        var origins = Set.copyOf(values.list(ORIGINS));
        if (!origins.stream().allMatch(HttpSettings::isOrigin))
            throw values.invalid(
                    ORIGINS, "must be origins as browsers send them, such as https://chat.example.org, without a path");
        return origins.isEmpty() ? Set.of(own(url, port)) : origins;
    }

    // As browsers write it: without the port that belongs to the scheme.
    private static String own(@Nullable URI url, int port) {
        if (url == null) return "http://localhost" + (port == 80 ? "" : ":" + port);
        int standard = url.getScheme().equals("https") ? 443 : 80;
        boolean isShort = url.getPort() == -1 || url.getPort() == standard;
        return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + (isShort ? "" : ":" + url.getPort());
    }

    private PasskeyOrigins() {}
}
