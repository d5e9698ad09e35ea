"""How fast and how small the crawler is, beside stock Scrapy and bare aiohttp, on this machine."""
