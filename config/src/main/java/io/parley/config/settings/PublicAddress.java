package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.gateway.origin.OriginSettings;
import io.parley.kernel.outbound.Network;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that say how clients reach the server, mostly through a proxy. */
final class PublicAddress {
    private static final String PUBLIC_URL = "http.public-url";
    private static final String HOSTS = "http.hosts";
    private static final String TRUSTED_PROXIES = "http.trusted-proxies";
    private static final String SECURITY_CONTACT = "http.security-contact";

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]+]");
    private static final Pattern CONTACT = Pattern.compile("(https://|mailto:|tel:)[!-~]+");

    static OriginSettings read(SettingValues values) {
        return new OriginSettings(publicUrl(values), hosts(values), trustedProxies(values), securityContact(values));
    }

    private static @Nullable URI publicUrl(SettingValues values) {
        var text = values.text(PUBLIC_URL).strip().replaceFirst("/$", "");
        if (text.isEmpty()) return null;
        try {
            var url = URI.create(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean isPlain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (isHttp
                    && isPlain
                    && url.getHost() != null
                    && PATH.matcher(url.getRawPath()).matches()) return url;
        } catch (IllegalArgumentException notAUrl) {
            // refused below
        }
        throw values.invalid(
                PUBLIC_URL, "must be a URL such as https://chat.example.org or https://example.org/parley");
    }

    private static Set<String> hosts(SettingValues values) {
        var hosts = values.list(HOSTS).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches()))
            throw values.invalid(HOSTS, "must be names without ports, such as chat.example.org, separated by commas");
        return hosts;
    }

    private static List<Network> trustedProxies(SettingValues values) {
        return values.list(TRUSTED_PROXIES).stream()
                .map(text -> Network.parse(text)
                        .orElseThrow(() -> values.invalid(
                                TRUSTED_PROXIES,
                                "must be addresses or networks such as 127.0.0.1,10.0.0.0/8,fd00::/8, not names")))
                .toList();
    }

    private static @Nullable String securityContact(SettingValues values) {
        var contact = values.optional(SECURITY_CONTACT).map(String::strip).orElse(null);
        if (contact != null && !CONTACT.matcher(contact).matches())
            throw values.invalid(
                    SECURITY_CONTACT,
                    "must be a URL such as mailto:security@example.org or https://example.org/security");
        return contact;
    }

    private PublicAddress() {}
}
