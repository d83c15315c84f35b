"""again.odt: once.odt as another program may save it, the second comment taken out by hand and words put behind those
that the fourth stands on; of another name, the text of the document with its comments around their words."""
import re
import sys
import zipfile


def parts_of(name):
    with zipfile.ZipFile(name) as z:
        return {n: z.read(n).decode() for n in z.namelist()}


def write(name, parts):
    with zipfile.ZipFile(name, "w") as out:
        for path, text in parts.items():
            out.writestr(path, text)


def saved(text):
    number = re.findall(r'<office:annotation office:name="(\w+)"', text)
    text = re.sub(rf'<office:annotation office:name="{number[1]}".*?</office:annotation>', "", text)
    text = text.replace(f'<office:annotation-end office:name="{number[1]}"/>', "")
    end = f'<office:annotation-end office:name="{number[3]}"/>'
    text = text.replace(end, " chose" + end)
    text = re.sub(r'office:name="paraph(\d+)"', r'office:name="__\1"', text)
    text = text.replace("<office:annotation ", '<office:annotation loext:resolved="false" ')
    text = text.replace("<office:document-content", '<office:document-content xmlns:loext="urn:loext"')
    text = text.replace("</office:annotation>", '</office:annotation><text:bookmark text:name="b"/>')
    return text.replace("<text:line-break/>", "</text:p><text:p>")


if sys.argv[1] == "again.odt":
    parts = parts_of("once.odt")
    parts["content.xml"] = saved(parts["content.xml"])
    write("again.odt", parts)
else:
    text = parts_of(sys.argv[1])["content.xml"]
    text = re.sub(r'<office:annotation [^>]*office:name="\D*(\d+)".*?</office:annotation>', r"{\1:", text)
    text = re.sub(r"<office:annotation>.*?</office:annotation>", "{}", text)
    text = re.sub(r'<office:annotation-end office:name="\D*(\d+)"/>', r":\1}", text)
    print(re.sub("<[^>]*>", "", text.replace("</text:p>", "\n")).strip())
