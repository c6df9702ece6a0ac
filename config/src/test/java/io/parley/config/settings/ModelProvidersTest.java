package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.config.settings.sources.SettingsException;
import io.parley.kernel.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProvidersTest {
    private static final SettingsReader settings = new SettingsReader();

    private static final String SECRET = "correct horse battery staple, twice over";

    @TempDir
    private Path directory;

    @AfterAll
    static void stop() {
        settings.close();
    }

    @Test
    void readsProvidersFromTheEnvironmentAndFromAList() throws IOException {
        var file = file("""
            assistant:
              providers:
                - name: openai
                  base-url: https://api.openai.com/v1
                  models: [gpt-5-mini]
                  users-keys-only: true
                  lenient: true
            """);

        var providers = settings.read(
                        Optional.of(file),
                        Map.of(
                                "PARLEY_ASSISTANT_BASE_URL", "http://127.0.0.1:11434/v1",
                                "PARLEY_ASSISTANT_MODEL", "qwen3, llama4",
                                "PARLEY_ASSISTANT_API_KEY", SECRET),
                        Map.of())
                .assistant()
                .providers();

        assertThat(providers).hasSize(2);
        assertThat(providers.get(0).name()).isEqualTo("default");
        assertThat(providers.get(0).models()).containsExactly("qwen3", "llama4");
        assertThat(providers.get(0).usersKeysOnly()).isFalse();
        assertThat(providers.get(0).isLenient()).isFalse();
        assertThat(providers.get(1).name()).isEqualTo("openai");
        assertThat(providers.get(1).usersKeysOnly()).isTrue();
        assertThat(providers.get(1).isLenient()).isTrue();
        assertThat(providers.toString()).doesNotContain(SECRET);
        assertThat(settings.defaults().assistant().providers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-mounted\n", " sk-mounted\r\n", "\uFEFFsk-mounted\u00A0"})
    void trimsTheKeysOfProviders(String mounted) {
        var providers = settings.read(Map.of(
                        "PARLEY_ASSISTANT_BASE_URL",
                        "http://127.0.0.1:11434/v1",
                        "PARLEY_ASSISTANT_MODEL",
                        "qwen3",
                        "PARLEY_ASSISTANT_API_KEY",
                        mounted,
                        "PARLEY_ASSISTANT_PROVIDERS",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "openai")
                                        .put("base-url", "https://api.openai.com/v1")
                                        .put("models", new JsonArray().add("gpt-5-mini"))
                                        .put("key", mounted))
                                .encode()))
                .assistant()
                .providers();

        assertThat(providers).extracting(ProviderSettings::key).containsOnly(new Secret("sk-mounted"));
    }

    @Test
    void refusesAKeyWithALineBreakWithinAndDoesNotShowIt() {
        var variables = Map.of(
                "PARLEY_ASSISTANT_BASE_URL", "http://127.0.0.1:11434/v1",
                "PARLEY_ASSISTANT_MODEL", "qwen3",
                "PARLEY_ASSISTANT_API_KEY", "sk-mount\ned");
        assertThatThrownBy(() -> settings.read(variables))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("assistant.api-key: ")
                .message()
                .doesNotContain("mount")
                .hasLineCount(1);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), text);
    }
}
