package io.parley.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lisbon trip | \"lisbon\" \"trip\" | true",
                "`lisbon trip ` | \"lisbon\" \"trip\" | false",
                "`lisbon\u3000t` | \"lisbon\" \"t\" | false",
                "\"night train\" lis | \"night train\" \"lis\" | true",
                "lis \"night train\" | \"lis\" \"night train\" | false",
                "lis \"night | \"lis\" \"night\" | false",
                "“night train” | \"night train\" | false",
                "train -lisbon | \"train\" -\"lisbon\" | false",
                "train -\"to lisbon\" x | \"train\" -\"to lisbon\" \"x\" | false",
                "ferry or train | \"ferry\" or \"train\" | true",
                "ferry or | \"ferry\" \"or\" | true",
                "ferry -or train | \"ferry\" -\"or\" \"train\" | true",
                "CVE-2026-2332 | \"CVE 2026 2332\" | true",
                "-CVE-2026 | -\"CVE 2026\" | false",
                "ada@example.org | \"ada example org\" | true",
                "don't | \"don t\" | true",
                "a\u0301b | \"\u00e1b\" | true",
                "東京 | \"東 京\" | true",
                "in東京ab | \"in 東 京 ab\" | true",
                "ジョン・スミス | \"ジ ョ ン ス ミ ス\" | true",
                "🎉x | \"🎉 x\" | true",
                "foo\"bar baz\"qux | \"foo\" \"bar baz\" \"qux\" | true",
                "- ? ... | `` | false",
                "\" - ( or :* | \"or\" | false",
            })
    void splitsIntoWords(String query, String websearch, boolean isPrefix) {
        var terms = SearchTerms.of(query);
        assertThat(terms.websearch().strip()).isEqualTo(websearch);
        assertThat(terms.isPrefix()).isEqualTo(isPrefix);
    }

    @ParameterizedTest
    @CsvSource({
        "the, true",
        "th, true",
        "of the, true",
        "-lisbon, true",
        "of lisbon, false",
        "\"of the\", false",
        "a-b, false"
    })
    void guessesWhichWordsAreFrequent(String query, boolean isFrequent) {
        assertThat(SearchTerms.of(query).isProbablyFrequent()).isEqualTo(isFrequent);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"lisbon or porto -faro, 3", "\"night train\" x, 3", "CVE-2026-2332, 3", "東京都, 1", "東京 大阪, 2"})
    void countsWords(String query, int words) {
        assertThat(SearchTerms.of(query).words()).isEqualTo(words);
    }

    @Test
    void shortensWordsThatNoIndexHolds() {
        assertThat(SearchTerms.of("ქ".repeat(1_000)).phrases().get(0).get(0)).hasSize(500);
    }

    @Test
    void findsNothingInAPatternThatIsAnOperator() {
        assertThat(SearchTerms.of("a.b|c (d)* [e]").pattern())
                .isEqualTo("(^|[^[:alnum:]])(a[^[:alnum:]]*b[^[:alnum:]]*c|d|e)");
    }
}
