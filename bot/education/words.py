"""What the education pages say."""

from flows.site.pages import Words

TITLE: Words = {"ko": "스토킹 예방교육 신청", "en": "Ask for prevention education"}
INTRO: Words = {
    "ko": "학교, 대학, 공공기관, 회사를 위한 창구예요. 상담이나 피해 지원은 채팅을 이용해 주세요. "
    "누구의 피해인지는 적지 말아 주세요.",
    "en": "For schools, universities, public bodies and companies. For counseling use the chat. "
    "Please do not write about anybody's case.",
}
CONSENT: Words = {
    "ko": "[개인정보 동의] 목적: 교육 일정 조율. 항목: 담당자 이름, 연락처. "
    "보관: 교육이 끝나고 1년 뒤 지워요. 동의하지 않으면 이 창구로는 신청할 수 없어요.",
    "en": "[Consent] Purpose: to arrange the education. "
    "Items: name and contact of the person in charge. "
    "Kept until one year after it. Without consent this form cannot be used.",
}
AGREE: Words = {"ko": "동의해요", "en": "I agree"}
ORGANIZATION: Words = {"ko": "기관 이름", "en": "Name of the body"}
CONTACT: Words = {"ko": "담당자 이름", "en": "Person in charge"}
PHONE: Words = {"ko": "연락처 (전화나 메일)", "en": "Phone or mail"}
KIND: Words = {"ko": "기관 종류", "en": "Kind of body"}
AUDIENCE: Words = {"ko": "대상", "en": "Audience"}
PROGRAM: Words = {"ko": "방식", "en": "Form"}
THEME: Words = {"ko": "주제", "en": "Theme"}
PEOPLE: Words = {"ko": "인원", "en": "How many"}
DATES: Words = {"ko": "원하는 날짜 (첫째, 둘째, 셋째)", "en": "Dates (first, second, third)"}
DATE: Words = {"ko": "날짜", "en": "Date"}
PLACE: Words = {"ko": "장소", "en": "Place"}
NOTE: Words = {"ko": "더 알릴 것", "en": "Anything else"}
SEND: Words = {"ko": "신청하기", "en": "Send"}
LACKING: Words = {
    "ko": "비어 있거나 맞지 않는 칸이 있어요. "
    "기관, 담당자, 연락처, 인원(1~5000), 앞으로의 날짜, 동의를 확인해 주세요.",
    "en": "Something is missing or wrong: body, person in charge, contact, number (1 to 5000), "
    "a date to come, consent.",
}
BUSY: Words = {
    "ko": "지금은 신청이 몰려 받을 수 없어요. 한 시간 뒤에 다시 해 주세요.",
    "en": "Too many requests have come. Please try again in an hour.",
}
RECEIVED: Words = {
    "ko": "신청을 받았어요. 아래 주소를 간직해 주세요. 확정된 날과 강사를 여기서 볼 수 있어요.",
    "en": "Received. Please keep the address below: the date and the instructor appear there.",
}
AGAIN: Words = {"ko": "이 신청은 이미 받았어요.", "en": "This request was received already."}
STATUS: Words = {"ko": "상태", "en": "Status"}
HELD_ON: Words = {"ko": "교육하는 날", "en": "Date"}
INSTRUCTOR: Words = {"ko": "강사", "en": "Instructor"}
ANSWER: Words = {"ko": "답변", "en": "Answer"}
MATERIALS: Words = {"ko": "교육 자료", "en": "Materials"}
RATE: Words = {"ko": "교육은 어땠나요?", "en": "How was it?"}
FEEDBACK: Words = {"ko": "의견", "en": "Comments"}
THANKS: Words = {"ko": "의견을 받았어요. 고맙습니다.", "en": "Thank you for your comments."}
STARS: dict[str, Words] = {
    "5": {"ko": "매우 좋음", "en": "Very good"},
    "4": {"ko": "좋음", "en": "Good"},
    "3": {"ko": "보통", "en": "Fair"},
    "2": {"ko": "아쉬움", "en": "Poor"},
    "1": {"ko": "매우 아쉬움", "en": "Very poor"},
}
