package io.parley.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetTest {
    @Test
    void showsAShortTextWhole() {
        assertThat(snippet("– a “zebra”, and\nmore.", "zeb")).isEqualTo("– a “<mark>zebra</mark>”, and\nmore.");
        assertThat(snippet("no match", "other")).isEqualTo("no match");
        assertThat(snippet("", "other")).isEmpty();
    }

    @Test
    void showsTwoPartsOfALongText() {
        var text = "x ".repeat(50) + "first " + "y ".repeat(50) + "first " + "z ".repeat(50) + "first";

        assertThat(snippet(text, "first"))
                .isEqualTo("x ".repeat(6) + "<mark>first</mark>" + " y".repeat(17) + " ... " + "y ".repeat(6)
                        + "<mark>first</mark>" + " z".repeat(17));
        assertThat(snippet(text, "other")).isEqualTo("x ".repeat(23) + "x");
    }

    @Test
    void limitsWordsAsLongAsAMessage() {
        var text = "x".repeat(3_000) + " needle " + "\ud83c\udf89".repeat(3_000);

        assertThat(snippet(text, "needle"))
                .contains("<mark>needle</mark>")
                .hasSizeLessThan(450)
                .doesNotMatch(".*[\\ud800-\\udbff](?![\\udc00-\\udfff]).*");
        assertThat(snippet("x".repeat(3_000), "\"" + "x".repeat(600) + "\"")).hasSize(400);
    }

    @Test
    void escapesEverythingButItsMarks() {
        assertThat(snippet("<b>\u0002a\u0003</b> & \"c\" 'd'", "a"))
                .isEqualTo("&lt;b&gt;<mark>a</mark>&lt;/b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }

    @Test
    void marksPhrasesOnlyWhereTheyOccur() {
        assertThat(snippet("night, train; night train", "\"night train\""))
                .isEqualTo("<mark>night</mark>, <mark>train</mark>; <mark>night</mark> <mark>train</mark>");
        assertThat(snippet("night and night train", "\"night train\""))
                .isEqualTo("night and <mark>night</mark> <mark>train</mark>");
        assertThat(snippet("京 and 東京", "東京")).isEqualTo("京 and <mark>東京</mark>");
    }

    @Test
    void marksTheFormsThatTheDatabaseNames() {
        var terms = SearchTerms.of("flight ");
        assertThat(Snippet.html("Flights and flight", terms, List.of("flights")))
                .isEqualTo("<mark>Flights</mark> and <mark>flight</mark>");
    }

    private static String snippet(String text, String query) {
        return Snippet.html(text, SearchTerms.of(query), List.of());
    }
}
