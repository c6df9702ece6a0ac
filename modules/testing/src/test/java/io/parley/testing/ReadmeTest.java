package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows a test that exists. */
class ReadmeTest {
    private static final Path MODULES = Repository.root().resolve("modules");
    private static final Path SHOWN = MODULES.resolve("tasks/src/test/java/io/parley/tasks/IsolationTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void showsATestOfFiveLinesAsItIs() throws IOException {
        var readme = Files.readString(MODULES.resolve("testing/README.md"));

        var example = EXAMPLE.matcher(readme).results().toList().get(0).group(1);

        assertThat(example).hasLineCount(5);
        assertThat(SHOWN).content().contains(example.indent(4));
    }
}
