package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UsageLimitsTest {
    private static final SettingsReader settings = new SettingsReader();

    @AfterAll
    static void stop() {
        settings.close();
    }

    @Test
    void takesTokensByModel() {
        var environment = Map.of("PARLEY_LIMITS_TOKENS_BY_MODEL", "{\"gpt-5\": \"1000/d\"}");
        assertThat(settings.read(environment).limits().ofUsers().tokensByModel())
                .isEqualTo(Map.of("gpt-5", "1000/d"));
    }

    @Test
    void appliesALimitToEveryoneIfItIsSet() {
        assertThat(settings.read(Map.of("PARLEY_LIMITS_REQUESTS", "100/s"))
                        .requestLimits()
                        .requests())
                .isEqualTo(Limit.forEveryone(Rates.parse("100/s")));
    }

    @Test
    void takesAnEmptyLimitAsNone() {
        assertThat(settings.read(Map.of("PARLEY_LIMITS_REGISTRATIONS", ""))
                        .limits()
                        .registrations())
                .isEqualTo(Rates.NONE);
    }
}
