"""Drives a running Parley with the last library for Python of the protocol with sessions. Arguments: its URL, a personal token."""
import asyncio
import sys
import uuid

from mcp import ClientSession
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

url, token = sys.argv[1:3]


async def main():
    http = create_mcp_http_client(headers={"Authorization": f"Bearer {token}"})
    async with http, streamable_http_client(f"{url}/mcp", http_client=http) as (read, write, _):
        async with ClientSession(read, write) as client:
            server = await client.initialize()
            assert server.protocolVersion == "2025-11-25", server
            await client.send_ping()
            names = [tool.name for tool in (await client.list_tools()).tools]
            assert "add_task" in names and "search" in names, names
            task = {"id": str(uuid.uuid4()), "title": "Water the ferns"}
            for _ in range(2):
                added = await client.call_tool("add_task", task)
                assert added.structuredContent["id"] == task["id"], added
            refused = await client.call_tool("add_task", {})
            assert refused.isError and "title" in refused.content[0].text, refused
            read_task = await client.read_resource(f"parley://task/{task['id']}")
            assert "Water the ferns" in read_task.contents[0].text, read_task
            assert (await client.list_prompts()).prompts is not None
            await client.call_tool("delete_task", {"id": task["id"]})
    print("ok mcp with sessions for Python")


asyncio.run(main())
