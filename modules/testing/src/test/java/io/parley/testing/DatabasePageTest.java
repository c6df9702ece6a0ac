package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import io.parley.testing.postgres.MigratedDatabase;
import io.parley.testing.postgres.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DATABASE.md shows the schema that the migrations make, without partitions. */
@ExtendWith(PostgresExtension.class)
class DatabasePageTest {
    private static final Path PAGE = Repository.root().resolve("modules/storage/DATABASE.md");
    private static final Pattern PURPOSE = Pattern.compile("(?m)^\\| `(\\w+)` \\| .*[^\\s|].* \\|$");
    private static final String RENEW = "parley.renew-database-page";

    private static Catalog catalog;

    @BeforeAll
    static void migrate(DatabaseUrl url) {
        catalog = new Catalog(MigratedDatabase.create(url, "database_page"));
    }

    @Test
    void tellsTheSchemaAsItIs() throws IOException {
        var renewed = renewed(Files.readString(PAGE), catalog);
        if (Boolean.getBoolean(RENEW)) Files.writeString(PAGE, renewed);
        assertThat(PAGE).content().as("""
                %s, which has fallen behind the schema. Write it anew with
                mvn -pl modules/testing -am test -Dtest=DatabasePageTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true
                """, PAGE, RENEW).isEqualTo(renewed);
    }

    @Test
    void saysOfEveryIndexWhatItServes() throws IOException {
        var chapter = Files.readString(PAGE).replaceFirst("(?s)^.*\n## What each index serves\n", "");
        var told = PURPOSE.matcher(chapter.replaceFirst("(?s)\n## .*$", ""))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(catalog.indexNames());
    }

    private static String renewed(String page, Catalog catalog) {
        var text = page;
        text = between(text, "diagram", fenced(catalog.diagram()));
        text = between(text, "tables", catalog.tables());
        text = between(text, "indexes", catalog.indexes());
        return between(text, "views, functions and triggers", catalog.rest());
    }

    private static List<String> fenced(List<String> diagram) {
        return List.of("```mermaid", String.join("\n", diagram), "```");
    }

    private static String between(String page, String name, List<String> lines) {
        var begin = "<!-- generated: " + name + " -->";
        var part = Pattern.compile(
                Pattern.quote(begin) + ".*?" + "<!-- end of " + Pattern.quote(name) + " -->", Pattern.DOTALL);
        assertThat(part.matcher(page).results()).as("the part of %s", name).hasSize(1);
        var text = begin + "\n" + String.join("\n", lines).strip() + "\n<!-- end of " + name + " -->";
        return part.matcher(page).replaceFirst(Matcher.quoteReplacement(text));
    }
}
