package io.parley.config.settings.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that operators start from, such as manifests and units. */
class ShippingFilesTest {
    private static final Pattern VARIABLE = Pattern.compile("PARLEY_[A-Z_]+");

    static Stream<Path> files() throws IOException {
        try (var folders = Stream.of("kubernetes", "systemd", "proxy").flatMap(ShippingFilesTest::list)) {
            return folders.toList().stream();
        }
    }

    private static Stream<Path> list(String folder) {
        try {
            return Files.list(Path.of(folder));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void nameSettingsThatExist(Path file) throws IOException {
        Set<String> known = SettingsCatalogue.bundled().settings().stream()
                .map(setting -> Setting.variable(setting.key()))
                .collect(Collectors.toSet());

        assertThat(VARIABLE.matcher(Files.readString(file)).results().map(found -> found.group()))
                .isSubsetOf(known);
    }
}
