package io.parley.config.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.settings.sources.SettingsCatalogue;
import io.parley.config.settings.sources.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeArgumentsTest {
    private static final SettingsCatalogue CATALOGUE = SettingsCatalogue.bundled();

    @Test
    void readsFlags() {
        var sources = read("serve", "--config=my.yaml", "--cluster", "--http-port=80", "--database-url=a?b=c")
                .orElseThrow();

        assertThat(sources.file()).contains(Path.of("my.yaml"));
        assertThat(sources.flags())
                .isEqualTo(Map.of("cluster.enabled", "true", "http.port", "80", "database.url", "a?b=c"));
    }

    @Test
    void needsNoArguments() {
        assertThat(read()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrate",
                "serve migrate",
                "serve serve",
                "--http-port",
                "--http-port 80",
                "--http-port=",
                "--http-port=80 --http-port=81",
                "--cluster=true",
                "--cluster --cluster",
                "--config",
                "--no-such-setting=1",
                "--roles=users",
                "--help",
                "-h",
                "@file"
            })
    void leavesOtherArgumentsToTheCommandLine(String arguments) {
        assertThat(read(arguments.split(" "))).isEmpty();
    }

    private static Optional<SettingsSources> read(String... arguments) {
        return ServeArguments.read(List.of(arguments), CATALOGUE, Map.of());
    }
}
