"""Reads a mail as mail programs do, and prints what it says as JSON."""
import email
import email.policy
import email.utils
import json
import sys

with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
print(json.dumps({
    "headers": {name.lower(): str(value) for name, value in message.items()},
    "types": [part.get_content_type() for part in message.walk()],
    "date": email.utils.parsedate_to_datetime(message["Date"]).isoformat(),
    "plain": parts.get("text/plain", ""),
    "html": parts.get("text/html", ""),
    "defects": [str(defect) for part in message.walk() for defect in part.defects],
}))
