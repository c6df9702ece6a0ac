package io.parley.config.settings.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.settings.Settings;
import io.parley.config.settings.operations.Role;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenamedSettingsTest {
    private static final Map<String, String> NONE = Map.of();

    private final SettingsCatalogue catalogue = SettingsCatalogue.bundled();
    private Vertx vertx;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @Test
    void acceptsAnOldNameInAFile() throws IOException {
        var file = file("retention:\n  deleted-days: 7\ninstances:\n  retries: 3\ndatabase:\n  pooler: true\n");

        var settings = read(Optional.of(file), NONE, NONE);

        assertThat(settings.retention().trashAge()).hasDays(7);
        assertThat(settings.instances().idempotency()).isEqualTo(3);
        assertThat(settings.database().pool().pooler()).isTrue();
    }

    @Test
    void acceptsAnOldNameInTheEnvironment() {
        var settings = read(Optional.empty(), Map.of("PARLEY_RETENTION_DELETED_DAYS", "7"), NONE);

        assertThat(settings.retention().trashAge()).hasDays(7);
    }

    @Test
    void acceptsAnOldNameAsAFlag() {
        var settings = read(Optional.empty(), NONE, Map.of("retention.deleted-days", "7"));

        assertThat(settings.retention().trashAge()).hasDays(7);
    }

    @Test
    void letsALaterSourceWinByWhateverNameItUses() throws IOException {
        var file = file("retention:\n  trash-days: 1\n");

        var settings = read(Optional.of(file), Map.of("PARLEY_RETENTION_DELETED_DAYS", "7"), NONE);

        assertThat(settings.retention().trashAge()).hasDays(7);
    }

    @Test
    void prefersTheNewNameIfASourceHasBoth() throws IOException {
        var file = file("retention:\n  deleted-days: 1\n  trash-days: 7\n");

        assertThat(read(Optional.of(file), NONE, NONE).retention().trashAge()).hasDays(7);
    }

    @Test
    void acceptsTheOldNameOfARole() {
        var settings = read(Optional.empty(), NONE, Map.of("cluster.roles", "tasks, retries"));

        assertThat(settings.cluster().roles()).isEqualTo(Set.of(Role.TASKS, Role.IDEMPOTENCY));
    }

    @Test
    void listsNoOldNameAmongTheSettings() {
        assertThat(catalogue.settings())
                .extracting(Setting::key)
                .doesNotContainAnyElementsOf(RenamedSettings.oldKeys());
    }

    private Settings read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return Settings.read(new SettingsSources(file, environment, flags).read(vertx, catalogue));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), text);
    }
}
