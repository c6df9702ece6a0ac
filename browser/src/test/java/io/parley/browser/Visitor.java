package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;

/** Somebody with a browser of their own. */
final class Visitor {
    static final String PASSWORD = "weaves algebraic patterns";

    final String email = "ada." + UUID.randomUUID() + "@example.org";
    final BrowserContext context;
    final Page page;
    private final List<String> faults = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        this.page = tab();
    }

    /** Another tab of the same browser. */
    Page tab() {
        var tab = context.newPage();
        tab.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) faults.add(message.text());
        });
        tab.onPageError(faults::add);
        return tab;
    }

    Visitor registered() {
        page.navigate("/");
        button("Create an account").click();
        field("E-mail").fill(email);
        field("Name").fill("Ada");
        page.getByLabel("Password").fill(PASSWORD);
        button("Create account").click();
        assertThat(heading("New conversation")).isVisible();
        return this;
    }

    /** Says something in the conversation that is open. */
    void say(String text) {
        field("Message").fill(text);
        field("Message").press("Enter");
    }

    /** A conversation in which somebody has said this already. Returns its path. */
    String conversation(String role, String content) {
        var token = token();
        var id = text(post("/conversations", token, Map.of("title", "Told")), "id");
        post("/conversations/" + id + "/messages", token, Map.of("role", role, "content", content));
        return "/c/" + id;
    }

    /** An access token of a session of its own. */
    String token() {
        return text(post("/auth/login", "", Map.of("email", email, "password", PASSWORD)), "access_token");
    }

    private APIResponse post(String path, String token, Map<String, String> json) {
        var options = RequestOptions.create().setData(json).setHeader("Authorization", "Bearer " + token);
        var answer = context.request().post("/api/v1" + path, options);
        Assertions.assertThat(answer.ok()).as(answer.text()).isTrue();
        return answer;
    }

    static String text(APIResponse answer, String field) {
        return answer.text().replaceFirst("(?s).*\"" + field + "\":\"([^\"]*)\".*", "$1");
    }

    Locator field(String name) {
        return role(AriaRole.TEXTBOX, name);
    }

    Locator button(String name) {
        return role(AriaRole.BUTTON, name);
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setExact(true).setLevel(1));
    }

    Locator role(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The browser may report this, because of what the test does. */
    void expectFault(String part) {
        expected.add(part);
    }

    /** Fails if a page had something else to complain about. */
    void leave() {
        context.close();
        Assertions.assertThat(faults)
                .filteredOn(fault -> expected.stream().noneMatch(fault::contains))
                .isEmpty();
    }
}
