package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The READMEs show a test that exists, and requests to paths that exist. */
class ReadmeTest {
    private static final Path MODULES = Repository.root().resolve("modules");
    private static final Path SHOWN = MODULES.resolve("tasks/src/test/java/io/parley/tasks/IsolationTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

    /** In openapi.yaml, below the prefix that the README's variable {@code $api} has. */
    private static final Pattern SERVED = Pattern.compile("(?m)^  /api/v1(/\\S*):$");

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
    void showsATestOfFiveLinesAsItIs() throws IOException {
        var readme = Files.readString(MODULES.resolve("testing/README.md"));

        var example = EXAMPLE.matcher(readme).results().toList().get(0).group(1);

        assertThat(example).hasLineCount(5);
        assertThat(SHOWN).content().contains(example.indent(4));
    }
}
