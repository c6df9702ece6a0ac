package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Resource;
import io.parley.kernel.Versions;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    private record Thing(UUID id, Instant updatedAt) implements Resource {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1676-01-01T00:00:00.000001Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "2263-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "+10000-01-01T00:00:00Z"
            })
    void nameTheVersionOfARowOfAnyTime(String text) {
        var time = Instant.parse(text);
        var tag = EntityTags.of(new Thing(UUID.randomUUID(), time));

        assertThat(EntityTags.ifMatch(ifMatch(tag))).isEqualTo(Versions.of(time));
    }

    @Test
    void ignoreATagThatNoRowCanHave() {
        assertThat(EntityTags.ifMatch(ifMatch("\"1y2p0ij32e8e7\""))).isEqualTo(Versions.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"D1,\"", "W/\"a,\", \",\"", "\",\",\"\"", "\"a,b\""})
    void mayHaveCommas(String foreign) {
        var time = Instant.parse("2026-11-30T08:00:00Z");
        var own = EntityTags.of(new Thing(UUID.randomUUID(), time));

        assertThat(EntityTags.ifMatch(ifMatch(foreign))).isEqualTo(Versions.of());
        assertThat(EntityTags.ifMatch(ifMatch(foreign + ", " + own))).isEqualTo(Versions.of(time));
        var known = MultiMap.caseInsensitiveMultiMap().add("If-None-Match", foreign + "," + own);
        assertThat(EntityTags.isKnown(known, own)).isTrue();
    }

    private static MultiMap ifMatch(String tag) {
        return MultiMap.caseInsensitiveMultiMap().add("If-Match", tag);
    }
}
