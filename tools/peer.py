"""grammalecte-cli, the French checker that the evaluations stand beside."""
import json
import os
import shutil
import subprocess
import tempfile

PEER = "grammalecte-cli"


def peer_findings(texts):
    """(start, end, type, suggestions) for each line, by the peer; None where it is missing."""
    if shutil.which(PEER) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "lines.txt")
        with open(name, "w", encoding="utf-8") as file:
            file.write("".join(text + "\n" for text in texts))
        run = subprocess.run([PEER, "-f", name, "-j"], stdout=subprocess.PIPE, text=True,
                             check=True)
    found = [[] for _ in texts]
    for paragraph in json.loads(run.stdout)["data"]:
        to = found[paragraph["iParagraph"] - 1]
        to += [(e["nStart"], e["nEnd"], e["sType"], e["aSuggestions"])
               for e in paragraph["lGrammarErrors"]]
        to += [(e["nStart"], e["nEnd"], "spelling", [])
               for e in paragraph["lSpellingErrors"]]
    return found
