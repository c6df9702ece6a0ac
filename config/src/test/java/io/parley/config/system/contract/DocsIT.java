package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.harness.SharedJarExtension;
import java.net.URI;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at /docs loads nothing from other servers. */
@ExtendWith(SharedJarExtension.class)
class DocsIT {
    private static final Pattern ASSET = Pattern.compile("(?:src|href)\\s*=\\s*[\"']([^\"']+)[\"']");

    @Test
    void loadsAllItsPartsFromItself(ApiClient api) {
        var page = api.get("/docs").expect(200).text();
        var assets = ASSET.matcher(page).results().map(MatchResult::group).toList();
        assertThat(assets).anyMatch(asset -> asset.contains(".js")).anyMatch(asset -> asset.contains(".css"));
        assertThat(page).doesNotContainPattern("(https?:)?//[a-z]");
        ASSET.matcher(page).results().map(asset -> asset.group(1)).forEach(asset -> assertLoads(api, asset));
    }

    private static void assertLoads(ApiClient api, String asset) {
        var place = URI.create("/docs").resolve(asset).toString();
        var answer = api.get(place).expect(200);
        assertThat(answer.text()).as(place).isNotEmpty();
        assertThat(answer.contentType()).as(place).isNotEmpty().isNotEqualTo("text/html");
    }

    @Test
    void servesTheContractThatTheAnswersAreHeldAgainst(ApiClient api) throws Exception {
        try (var file = DocsIT.class.getResourceAsStream("/openapi.yaml")) {
            assertThat(api.get("/openapi.yaml").expect(200).text().getBytes(UTF_8))
                    .isEqualTo(file.readAllBytes());
        }
    }
}
