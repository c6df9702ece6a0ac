package io.parley.transfer.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownLinkTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "A [b],https://example.org/a (1), [A \\[b\\]](https://example.org/a%20%281%29)",
                "null,mailto:ada@example.org, [mailto:ada@example.org](mailto:ada@example.org)",
                "Click,javascript:alert(1), [Click]",
                "Click, JavaScript:alert(1), [Click]",
                "Click,data:text/html;base64;PHNjcmlwdD4=, [Click]",
                "Click,vbscript:x, [Click]",
                "Click,//example.org, [Click]"
            })
    void linksToTheWebOnly(String title, String url, String link) {
        assertThat(MarkdownLink.of(title, url.replace("\\,", ","))).isEqualTo(link);
    }
}
