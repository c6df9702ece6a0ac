package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The READMEs show a test that exists, requests to paths that exist, and links to files that exist. */
class ReadmeTest {
    private static final Path MODULES = Repository.root().resolve("modules");
    private static final Path SHOWN = MODULES.resolve("tasks/src/test/java/io/parley/tasks/IsolationTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

    /** In openapi.yaml, below the prefix that the README's variable {@code $api} has. */
    private static final Pattern SERVED = Pattern.compile("(?m)^  /api/v1(/\\S*):$");

    /** A link to a file or folder of the repository; what follows a # is a heading. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)");

    private static final Pattern SHOWN_PATH = Pattern.compile("\\$api(/[^\\s\"?]+)");

    @Test
    void sendsRequestsToPathsThatExist() throws IOException {
        var contract = Files.readString(Repository.root().resolve("gateway/src/main/resources/openapi.yaml"));
        var served =
                SERVED.matcher(contract).results().map(path -> path.group(1)).toList();

        var shown = SHOWN_PATH
                .matcher(Files.readString(Repository.root().resolve("README.md")))
                .results()
                .map(path -> path.group(1).replaceAll("\\$\\{[^}]*}|\\$\\w+", "{id}"))
                .toList();

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(served).containsAll(shown);
    }

    @Test
    void linksToFilesThatExist() throws IOException {
        for (var readme : readmes()) {
            var linked = LINK.matcher(Files.readString(readme))
                    .results()
                    .map(link -> readme.resolveSibling(link.group(1)))
                    .toList();

            assertThat(linked)
                    .as("%s", readme)
                    .allSatisfy(path -> assertThat(path).exists());
        }
    }

    private static List<Path> readmes() throws IOException {
        try (var modules = Files.list(MODULES)) {
            return Stream.concat(Stream.of("", "gateway", "config").map(Repository.root()::resolve), modules)
                    .map(folder -> folder.resolve("README.md"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    @Test
    void showsATestOfFiveLinesAsItIs() throws IOException {
        var readme = Files.readString(MODULES.resolve("testing/README.md"));

        var example = EXAMPLE.matcher(readme).results().toList().get(0).group(1);

        assertThat(example).hasLineCount(5);
        assertThat(SHOWN).content().contains(example.indent(4));
    }
}
