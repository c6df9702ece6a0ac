package io.parley.users.links;

import io.parley.kernel.Secret;
import java.time.Duration;

/** What a link in a mail is for: the prefix of its token, how long that is valid, and the page that the link opens. */
public enum LinkPurpose {
    PASSWORD_RESET("rst_", Duration.ofMinutes(30), "reset-password"),
    VERIFICATION("evt_", Duration.ofHours(24), "verify-email"),
    NEW_ADDRESS("eml_", Duration.ofHours(24), "confirm-email"),
    OLD_ADDRESS("eml_", Duration.ofHours(24), "confirm-email");

    private final String prefix;
    private final Duration lifetime;
    private final String page;

    LinkPurpose(String prefix, Duration lifetime, String page) {
        this.prefix = prefix;
        this.lifetime = lifetime;
        this.page = page;
    }

    String prefix() {
        return prefix;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The link, from where people reach the server. */
    public Secret link(String publicUrl, LinkToken token) {
        return new Secret(publicUrl + "/" + page + "#token=" + token.token().value());
    }
}
