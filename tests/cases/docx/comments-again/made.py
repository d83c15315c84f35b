"""again.docx: once.docx with the second comment taken out by hand and words put behind the last commented ones; of
another name, the text of the document with its comments around their words."""
import re
import sys
import zipfile


def write(name, parts):
    with zipfile.ZipFile(name, "w") as out:
        for path, text in parts.items():
            out.writestr(path, text)


def parts_of(name):
    with zipfile.ZipFile(name) as z:
        return {n: z.read(n).decode() for n in z.namelist()}


if sys.argv[1] == "again.docx":
    parts = parts_of("once.docx")
    text = parts["word/document.xml"]
    number = re.findall(r'commentRangeStart w:id="(\d+)"', text)[1]
    text = re.sub(rf'<w:(commentRange\w+|r><w:commentReference) w:id="{number}"/>(</w:r>)?', "", text)
    last = text.rindex("<w:commentRangeEnd")
    parts["word/document.xml"] = text[:last] + "<w:r><w:t xml:space='preserve'> chose</w:t></w:r>" + text[last:]
    parts["word/comments.xml"] = re.sub(rf'<w:comment w:id="{number}".*?</w:comment>', "", parts["word/comments.xml"])
    write("again.docx", parts)
else:
    text = parts_of(sys.argv[1])["word/document.xml"]
    text = re.sub(r'<w:commentRangeStart w:id="(\d+)"/>', r"{\1:", text)
    text = re.sub(r'<w:commentRangeEnd w:id="(\d+)"/>', r":\1}", text)
    print(re.sub("<[^>]*>", "", text.replace("</w:p>", "\n")), end="")
