package io.parley.config.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void laterSourcesOverrideEarlierOnes() throws IOException {
        var file = Files.writeString(folder.resolve("parley.yaml"), "data:\n  dir: from-file\nstart.archive: false\n");
        var inFile = Map.of("PARLEY_CONFIG", file.toString());
        var inBoth = Map.of("PARLEY_CONFIG", file.toString(), "PARLEY_DATA_DIR", "from-environment");

        assertThat(StartSettings.read(List.of(), Map.of())).contains(new StartSettings(true, Path.of("./data")));
        assertThat(StartSettings.read(List.of("serve"), inFile))
                .contains(new StartSettings(false, Path.of("from-file")));
        assertThat(StartSettings.read(List.of("--config=" + file), Map.of()))
                .contains(new StartSettings(false, Path.of("from-file")));
        assertThat(StartSettings.read(List.of(), inBoth))
                .contains(new StartSettings(false, Path.of("from-environment")));
        assertThat(StartSettings.read(List.of("--start-archive=true", "--data-dir=from-flag"), inBoth))
                .contains(new StartSettings(true, Path.of("from-flag")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "--help", "-V", "backup"})
    void isForServersOnly(String argument) {
        assertThat(StartSettings.read(List.of(argument), Map.of())).isEmpty();
    }

    @Test
    void leavesAFileThatCannotBeReadToTheServer() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.yaml"), "data: [");

        assertThat(StartSettings.read(List.of("--config=" + broken), Map.of())).isEmpty();
        assertThat(StartSettings.read(List.of("--config=" + folder.resolve("absent")), Map.of()))
                .isEmpty();
    }
}
