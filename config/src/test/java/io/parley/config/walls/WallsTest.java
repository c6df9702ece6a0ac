package io.parley.config.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WallsTest {
    private static final String HOUSE = "io.parley";
    private static final String RUIN = "io.parley.broken";

    private static final JavaClasses house = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/io/parley/testing/"))
            .importPackages(HOUSE);
    private static final JavaClasses ruin = new ClassFileImporter().importPackages(RUIN);

    @ParameterizedTest
    @EnumSource
    void holds(Wall wall) {
        wall.below(HOUSE).check(house);
    }

    @ParameterizedTest
    @EnumSource
    void failsWhereItIsBroken(Wall wall) {
        assertThat(wall.below(RUIN).evaluate(ruin).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel",
                "contracts",
                "json",
                "transfer",
                "storage",
                "users",
                "conversations",
                "messages",
                "tasks",
                "retries",
                "changes",
                "assistant",
                "gateway",
                "config"
            })
    void seesEveryRoom(String room) {
        assertThat(house.stream().map(found -> found.getPackageName() + "."))
                .anyMatch(name -> name.startsWith(HOUSE + "." + room + "."));
    }

    @Test
    void doesNotTakeTheRuinForTheHouse() {
        assertThat(house.stream()).noneMatch(found -> found.getPackageName().startsWith(RUIN));
    }
}
