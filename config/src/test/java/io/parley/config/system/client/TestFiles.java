package io.parley.config.system.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Small files of the kinds that models take. */
public final class TestFiles {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /** An image of one pixel. */
    public static final byte[] PNG = Base64.getDecoder().decode(PIXEL);

    public static final byte[] PDF = "%PDF-1.7\n%%EOF\n".getBytes(UTF_8);

    public static String dataUrl(String mediaType, byte[] data) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(data);
    }

    /** Uploads a file, and returns its id. */
    public static String upload(ApiClient owner, String name, byte[] data) {
        return owner.send(ApiRequest.of("POST", "/api/v1/files?name=" + name)
                        .with("Content-Type", "application/octet-stream")
                        .carrying(data))
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    private TestFiles() {}
}
