package picture

import "testing"

func TestPartCredit(t *testing.T) {
	for _, c := range []struct{ text, caption, credit string }{
		// brackets
		{"The pier at dawn on Monday. (AP Photo/Tom Reed)", "The pier at dawn on Monday.", "AP Photo/Tom Reed"},
		{"The slip [Tom Reed/EPA]", "The slip", "Tom Reed/EPA"},
		{"Boats wait off the quay. (Courtesy of Ann Low)", "Boats wait off the quay.", "Ann Low"},
		{"The court in session. (U.S. District Court, Eastern District)", "The court in session.", "U.S. District Court, Eastern District"},
		{"Die Fähre am Morgen. (Bild: Jana Muster/dpa)", "Die Fähre am Morgen.", "Jana Muster/dpa"},
		{"El muelle, ayer por la tarde. (Foto de Ana Ruiz)", "El muelle, ayer por la tarde.", "Ana Ruiz"},
		{"Menteri di dermaga(Biro Pers Pelabuhan)", "Menteri di dermaga", "Biro Pers Pelabuhan"},
		{"Max Muster (ABC) und Jana Beispiel (XYZ)", "Max Muster (ABC) und Jana Beispiel (XYZ)", ""},
		{"Der Hafen im Winter (2019)", "Der Hafen im Winter (2019)", ""},
		{"Die Brücke im Bau. (Archivbild)", "Die Brücke im Bau. (Archivbild)", ""},
		{"Mayor Low (left) and the chair (right)", "Mayor Low (left) and the chair (right)", ""},
		{"부두를 고치는 사람들. [사진 출처 = 항구일보]", "부두를 고치는 사람들.", "항구일보"},
		{"부두를 고치는 사람들이 보인다. 항구일보", "부두를 고치는 사람들이 보인다.", "항구일보"},
		// labels
		{"Gulls on the quay. Photo: Tom Reed", "Gulls on the quay.", "Tom Reed"},
		{"Gulls on the quay. Photo Tom Reed", "Gulls on the quay.", "Tom Reed"},
		{"Gulls on the quay Photograph by Tom Reed /Agency", "Gulls on the quay", "Tom Reed /Agency"},
		{"Möwen am Kai.Foto: Jana Muster", "Möwen am Kai.", "Jana Muster"},
		{"Möwen am Kai | Bildquelle: Hafenamt", "Möwen am Kai", "Hafenamt"},
		{"Les mouettes sur le quai. Crédit photo : Jean Lebrun/Agence", "Les mouettes sur le quai.", "Jean Lebrun/Agence"},
		{"Mewy na nabrzeżu. Fot. Jan Nowak", "Mewy na nabrzeżu.", "Jan Nowak"},
		{"Чайки на причале. Фото: Иван Петров / Портовая газета", "Чайки на причале.", "Иван Петров / Портовая газета"},
		{"Γλάροι στην προβλήτα. Φωτ.: Νίκος Λιμάνης", "Γλάροι στην προβλήτα.", "Νίκος Λιμάνης"},
		{"İskelede martılar. Fotoğraf : Ayşe Deniz/LA", "İskelede martılar.", "Ayşe Deniz/LA"},
		{"Izinyoni echwebeni. Isithombe: Sipho Dube", "Izinyoni echwebeni.", "Sipho Dube"},
		{"النوارس على الرصيف. تصوير: سامي البحري", "النوارس على الرصيف.", "سامي البحري"},
		{"שחפים על המזח. צילום: רון ים", "שחפים על המזח.", "רון ים"},
		{"घाट पर पक्षी। फोटो: राम सागर", "घाट पर पक्षी।", "राम सागर"},
		{"นกบนท่าเรือ ภาพ: สมชาย ทะเล", "นกบนท่าเรือ", "สมชาย ทะเล"},
		{"港のかもめ＝林一撮影", "港のかもめ", "林一"},
		{"港のかもめ（写真：港新聞）", "港のかもめ", "港新聞"},
		{"Picture: a man walks along the quay and looks for the ferry that does not come.", "Picture: a man walks along the quay and looks for the ferry that does not come.", ""},
		{"Der Schiedsrichter zeigt ihm die Gelb-Rote Karte.", "Der Schiedsrichter zeigt ihm die Gelb-Rote Karte.", ""},
		{"Er sah die Gelb-Rote Karte. Foto: Jana Muster", "Er sah die Gelb-Rote Karte.", "Jana Muster"},
		{"Foto de familia de la segunda reunión del Grupo del Puerto", "Foto de familia de la segunda reunión del Grupo del Puerto", ""},
		// signs and strokes
		{"Gulls on the quay | © Tom Reed", "Gulls on the quay", "Tom Reed"},
		{"Gulls on the quay © 2024 Tom Reed", "Gulls on the quay", "2024 Tom Reed"},
		{"Gulls on the quay – Tom Reed/Agency", "Gulls on the quay", "Tom Reed/Agency"},
		{"Mayor Ann Low – Town Hall", "Mayor Ann Low – Town Hall", ""},
		{"Gulls on the quay AP Photo/Tom Reed", "Gulls on the quay", "AP Photo/Tom Reed"},
		{"Gulls on the quay. REUTERS/Tom Reed", "Gulls on the quay.", "REUTERS/Tom Reed"},
		{"Gulls on the quay. | Tom Reed", "Gulls on the quay.", "Tom Reed"},
		{"Gulls on the quay. Courtesy of Milbrook Museum", "Gulls on the quay.", "Milbrook Museum"},
		{"Gulls on the quay, courtesy of Ann Low", "Gulls on the quay", "Ann Low"},
		{"Gaviotas en el muelle. Por cortesía de Ana Ruiz", "Gaviotas en el muelle.", "Ana Ruiz"},
		{"The band played by courtesy of the mayor, who paid for the boat and the lamps.", "The band played by courtesy of the mayor, who paid for the boat and the lamps.", ""},
		// nothing but a credit
		{"Foto: Jana Muster/dpa", "", "Jana Muster/dpa"},
		{"© Tom Reed", "", "Tom Reed"},
		{"Tom Reed", "Tom Reed", ""},
	} {
		caption, credit := partCredit(c.text)
		if caption != c.caption || credit != c.credit {
			t.Errorf("partCredit(%q) = %q, %q, want %q, %q", c.text, caption, credit, c.caption, c.credit)
		}
	}
}
