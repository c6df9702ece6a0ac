package io.parley.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Signatures;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "89504e470d0a1a0a0000 | image/png",
                "ffd8ffe000104a464946 | image/jpeg",
                "474946383961 | image/gif",
                "524946460000000057454250565038 | image/webp",
                "524946460000000057415645 | audio/wave",
                "255044462d312e37 | application/pdf",
                "504b0304 | application/zip",
                "000000206674797069736f6d | video/mp4",
                "3c68746d6c3e3c7363726970743e | text/plain",
                "3c73766720 | text/plain",
                "efbbbf48692e0d0a | text/plain",
                "67c3bc6e | text/plain",
                "67fc6e | application/octet-stream",
                "4d5a9000 | application/octet-stream",
                "48656c6c6f00 | application/octet-stream",
                "89504e | application/octet-stream",
                "'' | text/plain"
            })
    void tellTheTypeFromTheBytes(String hex, String mediaType) {
        var bytes = HexFormat.of().parseHex(hex);
        assertThat(Signatures.mediaType(bytes, bytes.length)).isEqualTo(mediaType);
    }

    @ParameterizedTest
    @CsvSource({"4, text/plain", "3, application/octet-stream"})
    void takeACharacterThatIsCutOffForText(long size, String mediaType) {
        assertThat(Signatures.mediaType("gr\u00c3".getBytes(ISO_8859_1), size)).isEqualTo(mediaType);
    }
}
