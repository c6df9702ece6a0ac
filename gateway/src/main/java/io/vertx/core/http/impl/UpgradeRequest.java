package io.vertx.core.http.impl;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A request in HTTP/1.1 that asks to go on in HTTP/2 (RFC 7540, 3.2), and its answer. */
final class UpgradeRequest {
    /** What {@code Connection} must name. */
    private static final Set<String> CONNECTION = Set.of("upgrade", "http2-settings");

    private static final CharSequence SETTINGS = Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER;

    /** The client's settings; null if the request does not ask for HTTP/2 as the protocol demands, if it has a body or is ambiguous. */
    static Http2Settings settings(HttpRequest request) {
        var headers = request.headers();
        if (!headers.contains(HttpHeaderNames.UPGRADE) || !isPlain(request)) return null;
        var settings = headers.getAll(SETTINGS);
        return settings.size() == 1
                        && words(headers.getAll(HttpHeaderNames.UPGRADE)).contains("h2c")
                        && words(headers.getAll(HttpHeaderNames.CONNECTION)).containsAll(CONNECTION)
                ? HttpUtils.decodeSettings(settings.get(0))
                : null;
    }

    private static boolean isPlain(HttpRequest request) {
        var headers = request.headers();
        return request.decoderResult().isSuccess()
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && request.uri().startsWith("/")
                && !headers.contains("")
                && headers.getAll(HttpHeaderNames.HOST).size() == 1
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && headers.getAll(HttpHeaderNames.CONTENT_LENGTH).stream().allMatch("0"::equals);
    }

    private static List<String> words(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    static FullHttpResponse accepted() {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .add(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .add(HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME);
        return response;
    }

    /** The same request as the first one of the connection in HTTP/2. */
    static Http2HeadersFrame inHttp2(HttpRequest request) {
        var headers = new DefaultHttp2Headers()
                .method(request.method().name())
                .scheme("http")
                .authority(request.headers().get(HttpHeaderNames.HOST))
                .path(request.uri());
        for (var header : request.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!isOfConnection(name)) headers.add(name, header.getValue());
        }
        return new DefaultHttp2HeadersFrame(headers, true);
    }

    private static boolean isOfConnection(String name) {
        return name.contentEquals(HttpHeaderNames.HOST)
                || name.contentEquals(SETTINGS)
                || HttpHeaderValidationUtil.isConnectionHeader(name, true);
    }

    private UpgradeRequest() {}
}
