package io.parley.config.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WallsTest {
    private static final String ROOT = "io.parley";
    private static final String BROKEN_ROOT = "io.parley.broken";

    private static final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/io/parley/testing/"))
            .importPackages(ROOT);
    private static final JavaClasses brokenClasses = new ClassFileImporter().importPackages(BROKEN_ROOT);

    static Stream<Rule> rules() {
        return Stream.concat(Stream.of(Wall.values()), Stream.of(PackageWall.values()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        rule.below(ROOT).check(classes);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void failsIfItIsBroken(Rule rule) {
        assertThat(rule.below(BROKEN_ROOT).evaluate(brokenClasses).hasViolation())
                .isTrue();
    }

    @Test
    void noPackageHasMoreThanTwentyFiles() {
        var files = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(files).allSatisfy((name, number) -> assertThat(number).isLessThanOrEqualTo(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel",
                "contracts",
                "json",
                "transfer",
                "postgres",
                "storage",
                "users",
                "conversations",
                "messages",
                "tasks",
                "files",
                "idempotency",
                "changes",
                "audit",
                "webhooks",
                "assistant",
                "retention",
                "gateway",
                "config"
            })
    void readsEveryModule(String module) {
        assertThat(classes.stream().map(found -> found.getPackageName() + "."))
                .anyMatch(name -> name.startsWith(ROOT + "." + module + "."));
    }

    @Test
    void keepsTheBrokenClassesApart() {
        assertThat(classes.stream()).noneMatch(found -> found.getPackageName().startsWith(BROKEN_ROOT));
    }
}
