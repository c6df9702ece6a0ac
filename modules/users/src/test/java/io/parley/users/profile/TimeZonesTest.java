package io.parley.users.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.UserPatch;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/Argentina/Buenos_Aires",
                "Asia/Kolkata",
                "Asia/Calcutta",
                "Etc/GMT+1"
            })
    void acceptsNamesOfTheDatabase(String name) {
        assertThatCode(() -> TimeZones.check("/time_zone", name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+02:00",
                "EST",
                "GMT+1",
                "CEST",
                "UTC+1",
                "Z",
                "utc",
                "europe/berlin",
                "Europe/Berlin ",
                "Europe/",
                "Mars/Base",
                "SystemV/EST5",
                "",
                " "
            })
    void refusesEverythingElseWithAnExample(String name) {
        var registering = catchThrowableOfType(
                Problem.class, () -> new Registration("ada@example.org", new Secret("secret"), null, name));
        var patching = catchThrowableOfType(
                Problem.class,
                () -> new UserPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(name), null));

        assertThat(registering.faults())
                .isEqualTo(patching.faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.pointer()).isEqualTo("/time_zone");
                    assertThat(fault.detail()).contains("Europe/Berlin");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin"})
    void hasTheRulesOfEachName(String name) {
        assertThat(TimeZones.rules(name)).isEqualTo(ZoneId.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis"})
    void usesUtcForANameThatThisNodeDoesNotKnow(String name) {
        assertThat(TimeZones.rules(name)).isEqualTo(ZoneOffset.UTC);
    }
}
