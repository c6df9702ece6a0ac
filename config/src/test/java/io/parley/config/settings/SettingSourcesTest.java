package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.settings.sources.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, the environment and flags. */
class SettingSourcesTest {
    private static final SettingsReader settings = new SettingsReader();

    @TempDir
    private Path directory;

    @AfterAll
    static void stop() {
        settings.close();
    }

    @Test
    void letsTheFileWinOverDefaultsTheEnvironmentOverTheFileAndFlagsOverAll() throws IOException {
        var file = file("""
                http:
                  port: 1111
                  host: file.example
                  request-timeout: 3s
                """);

        var found = settings.read(
                Optional.of(file),
                Map.of("PARLEY_HTTP_PORT", "2222", "PARLEY_HTTP_HOST", "environment.example"),
                Map.of("http.port", "3333"));

        assertThat(found.http().port()).isEqualTo(3333);
        assertThat(found.http().host()).isEqualTo("environment.example");
        assertThat(found.http().requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(found.http().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void takesAFileWhoseSectionsAreCommentedOut() throws IOException {
        assertThat(settings.read(file("http:\n# port: 1\ndata:\n  dir:\n"))).isEqualTo(settings.defaults());
    }

    @Test
    void takesAnEmptyFile() throws IOException {
        assertThat(settings.read(file(""))).isEqualTo(settings.defaults());
    }

    @Test
    void refusesAKeyInTheFileThatThereIsNot() throws IOException {
        assertThatThrownBy(() -> settings.read(file("http:\n  prot: 8081\n")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("http.prot", "unknown setting", "settings.yaml");
    }

    @Test
    void refusesAListInTheFile() throws IOException {
        assertThatThrownBy(() -> settings.read(file("http:\n  host: [one, two]\n")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("http.host", "list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [", "- http", "8080", "http:\n  port: 1\n http: 2"})
    void namesTheFileThatIsNoYaml(String text) throws IOException {
        var file = file(text);

        assertThatThrownBy(() -> settings.read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("settings.yaml")
                .message()
                .hasLineCount(1);
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> settings.read(directory.resolve("absent.yaml")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent.yaml");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), text);
    }

    @Test
    void refusesAVariableThatThereIsNot() {
        assertThatThrownBy(() -> settings.read(Map.of("PARLEY_HTTP_PROT", "8081")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("PARLEY_HTTP_PROT", "unknown setting");
    }

    @Test
    void ignoresTheVariablesOfAServiceNamedParley() {
        var service = Map.ofEntries(
                Map.entry("PARLEY_SERVICE_HOST", "10.0.0.11"),
                Map.entry("PARLEY_SERVICE_PORT", "8080"),
                Map.entry("PARLEY_SERVICE_PORT_HTTP", "8080"),
                Map.entry("PARLEY_PORT", "tcp://10.0.0.11:8080"),
                Map.entry("PARLEY_PORT_8080_TCP", "tcp://10.0.0.11:8080"),
                Map.entry("PARLEY_PORT_8080_TCP_ADDR", "10.0.0.11"),
                Map.entry("PARLEY_PORT_8080_TCP_PORT", "8080"),
                Map.entry("PARLEY_PORT_8080_TCP_PROTO", "tcp"),
                Map.entry("PARLEY_HTTP_SERVICE_HOST", "10.0.0.12"),
                Map.entry("PARLEY_HTTP_PORT", "tcp://10.0.0.12:8080"));

        assertThat(settings.read(service).http().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARLEY_PORT", "PARLEY_SERVICE", "PARLEY_SERVICE_HOSTS", "PARLEY_PORT_8080_HTTP"})
    void refusesVariablesThatKubernetesDoesNotMake(String name) {
        assertThatThrownBy(() -> settings.read(Map.of(name, "8081")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(name, "unknown setting");
    }
}
