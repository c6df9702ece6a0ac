package io.parley.config.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at /docs needs nothing but this server. */
@ExtendWith(ParleyExtension.class)
class DocsIT {
    private static final Pattern ASSET = Pattern.compile("(?:src|href)\\s*=\\s*[\"']([^\"']+)[\"']");

    @Test
    void loadsAllItsPartsFromItself(Api api) {
        var page = api.get("/docs").expect(200).text();
        var assets = ASSET.matcher(page).results().map(MatchResult::group).toList();
        assertThat(assets).anyMatch(asset -> asset.contains(".js")).anyMatch(asset -> asset.contains(".css"));
        assertThat(page).doesNotContainPattern("(https?:)?//[a-z]");
        ASSET.matcher(page).results().map(asset -> asset.group(1)).forEach(asset -> assertLoads(api, asset));
    }

    private static void assertLoads(Api api, String asset) {
        var place = URI.create("/docs").resolve(asset).toString();
        var answer = api.get(place).expect(200);
        assertThat(answer.text()).as(place).isNotEmpty();
        assertThat(answer.contentType()).as(place).isNotEmpty().isNotEqualTo("text/html");
    }

    @Test
    void servesTheContractThatTheAnswersAreHeldAgainst(Api api) throws Exception {
        try (var file = DocsIT.class.getResourceAsStream("/openapi.yaml")) {
            assertThat(api.get("/openapi.yaml").expect(200).text().getBytes(UTF_8))
                    .isEqualTo(file.readAllBytes());
        }
    }
}
