package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.Fixtures;
import io.parley.gateway.contract.Identity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Instant EXPIRY = Instant.parse("2026-03-01T12:00:00Z");

    private final VerifiedTokens tokens = new VerifiedTokens();
    private final Identity ada = new Identity(Fixtures.ada, Fixtures.ADAS_SESSION, EXPIRY);

    @Test
    void knowsATokenUntilItExpires() {
        tokens.add("a.b.c", ada);
        assertThat(tokens.find("a.b.c", EXPIRY.minusMillis(1))).contains(ada);
        assertThat(tokens.find("a.b.c", EXPIRY)).isEmpty();
    }

    @Test
    void doesNotKnowAnotherSignature() {
        tokens.add("a.b.c", ada);
        assertThat(tokens.find("a.b.d", EXPIRY.minusMillis(1))).isEmpty();
    }
}
