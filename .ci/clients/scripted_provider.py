"""A provider with OpenAI's chat completions whose answers follow from what it is asked; listens on the port given."""
import http.server
import json
import sys
import time
import uuid


def said(content):
    """The text, and the types of the images and documents between."""
    if not isinstance(content, list):
        return str(content)
    urls = {"image_url": lambda part: part["image_url"]["url"], "file": lambda part: part["file"]["file_data"]}
    return " ".join(
        part["text"] if part["type"] == "text" else urls[part["type"]](part).split(";")[0] for part in content)


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *ignored):
        pass

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        last = asked["messages"][-1]
        text = said(last["content"])
        offered = [tool["function"]["name"] for tool in asked.get("tools", [])]
        call = None
        if last["role"] == "user":
            if "weather" in text and "get_weather" in offered:
                call = ("get_weather", {"city": "Lisbon"})
            elif "task" in text and "add_task" in offered:
                call = ("add_task", {"title": "Water the ferns"})
        answer = " ".join(f"word{n}" for n in range(100)) if "slow" in text else f"You said: {text}"
        if asked.get("stream"):
            self.stream(asked["model"], call, answer, 0.1 if "slow" in text else 0)
        else:
            self.whole(asked["model"], answer)

    def whole(self, model, answer):
        body = json.dumps({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": model,
            "choices": [{"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 5, "completion_tokens": 6, "total_tokens": 11},
        }).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, model, call, answer, pause):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            if call:
                name, arguments = call
                # Each call has an id of its own: clients tell them apart by it.
                function = {"name": name, "arguments": json.dumps(arguments)}
                self.event(model, {"tool_calls": [
                    {"index": 0, "id": f"call_{uuid.uuid4().hex}", "type": "function", "function": function}]})
                self.event(model, {}, "tool_calls")
            else:
                for word in answer.split(" "):
                    self.event(model, {"content": word + " "})
                    time.sleep(pause)
                self.event(model, {}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            self.server.hangups += 1

    def do_GET(self):
        body = str(self.server.hangups).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def event(self, model, delta, finish=None):
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model,
                 "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider)
server.hangups = 0
server.serve_forever()
