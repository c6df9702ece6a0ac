package io.parley.assistant.titles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Planting tomatoes            | Planting tomatoes
            "Planting tomatoes."         | Planting tomatoes
            "Planting tomatoes".         | Planting tomatoes
            “Tomaten pflanzen”           | Tomaten pflanzen
            «Planter des tomates»        | Planter des tomates
            **Planting tomatoes**        | Planting tomatoes
            # Planting tomatoes          | Planting tomatoes
            Title: "Planting tomatoes"   | Planting tomatoes
            title: Planting              | Planting
            Titles of books              | Titles of books
            And then...                  | And then...
            トマトの植え方。                | トマトの植え方。
            """)
    void takesTheTitleAlone(String reply, String title) {
        assertThat(TitleText.cleaned(reply)).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({"a,61", "🌱,61", "🌱,6000"})
    void cutsALongTitle(String character, int count) {
        var title = TitleText.cleaned(character.repeat(count));
        assertThat(title.codePointCount(0, title.length())).isEqualTo(60);
        assertThat(title).endsWith(character + "…");
    }

    @ParameterizedTest
    @CsvSource({"'\n\n Soil \nand more',Soil", "'   ',''", "'',''"})
    void takesTheFirstLine(String reply, String title) {
        assertThat(TitleText.cleaned(reply)).isEqualTo(title);
    }
}
