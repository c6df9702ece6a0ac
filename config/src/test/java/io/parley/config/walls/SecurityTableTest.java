package io.parley.config.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the requirements of OWASP ASVS counts right, and what it names is there. */
class SecurityTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| (\\d+)\\.\\d+\\.\\d+ \\| [12] \\| .*? \\| (holds|does not apply|decided) \\| (.*) \\|$");
    private static final Pattern SUM =
            Pattern.compile("(?m)^\\| (?:V(\\d+) .*?|all) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    private final String page = read(ROOT.resolve("gateway/README.md"));

    @Test
    void countsItsRows() {
        var counts = new HashMap<String, int[]>();
        for (var row : rows()) {
            counts.computeIfAbsent(row.group(1), chapter -> new int[3])[state(row.group(2))]++;
            counts.computeIfAbsent("all", chapter -> new int[3])[state(row.group(2))]++;
        }

        assertThat(rows()).hasSize(246);
        var sums = SUM.matcher(page).results().toList();
        assertThat(sums).hasSize(17);
        for (var sum : sums)
            assertThat(List.of(sum.group(2), sum.group(3), sum.group(4)))
                    .as(sum.group())
                    .isEqualTo(texts(counts.get(sum.group(1) == null ? "all" : sum.group(1))));
        assertThat(page)
                .contains("246 requirements in V1 to V16: %s hold, %s do not apply, %s are decided otherwise."
                        .formatted(texts(counts.get("all")).toArray()));
    }

    @Test
    void namesTestsThatThereAre() throws IOException {
        var sources = testSources();
        var missing = new ArrayList<String>();
        for (var row : rows())
            TEST.matcher(row.group(3)).results().forEach(test -> {
                var source = sources.get(test.group(1));
                if (source == null || !has(source, test.group(2))) missing.add(test.group());
            });

        assertThat(missing).isEmpty();
    }

    private static boolean has(String source, String method) {
        return method == null
                || Pattern.compile("\\bvoid " + method + "\\(").matcher(source).find();
    }

    private List<MatchResult> rows() {
        return ROW.matcher(page).results().toList();
    }

    private static int state(String name) {
        return List.of("holds", "does not apply", "decided").indexOf(name);
    }

    private static List<String> texts(int[] counts) {
        return Arrays.stream(counts).mapToObj(String::valueOf).toList();
    }

    /** By the name of the class; two modules may have one of the same name. */
    private static Map<String, String> testSources() throws IOException {
        var sources = new HashMap<String, String>();
        for (var folder : List.of("modules", "gateway", "config", "browser"))
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*/src/test/.*(Test|IT)\\.java"))
                        .forEach(file -> sources.merge(name(file), read(file), String::concat));
            }
        return sources;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
