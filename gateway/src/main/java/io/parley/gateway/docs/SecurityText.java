package io.parley.gateway.docs;

import io.parley.gateway.http.Answer;
import io.parley.gateway.origin.OriginSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Says where to report a vulnerability ({@code security.txt}, RFC 9116), if the settings do. */
public final class SecurityText {
    private static final String PATH = "/.well-known/security.txt";

    /** RFC 9116, 2.5.5 recommends less than a year. */
    private static final Duration VALIDITY = Duration.ofDays(180);

    private final OriginSettings origin;
    private final Clock clock;

    public SecurityText(OriginSettings origin, Clock clock) {
        this.origin = origin;
        this.clock = clock;
    }

    public void mount(Router router) {
        if (origin.securityContact() != null)
            router.route(HttpMethod.GET, PATH).handler(context -> answer().write(context.response()));
    }

    private Answer answer() {
        var expires = clock.instant().plus(VALIDITY).truncatedTo(ChronoUnit.DAYS);
        var canonical = origin.publicUrl() == null ? "" : "Canonical: " + origin.publicUrl() + PATH + "\n";
        var text = "Contact: " + origin.securityContact() + "\nExpires: " + expires + "\n" + canonical
                + "Preferred-Languages: en\n";
        return new Answer(200, Map.of("Content-Type", "text/plain; charset=utf-8"), Buffer.buffer(text));
    }
}
